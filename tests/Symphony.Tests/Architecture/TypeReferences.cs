using System.Reflection;
using System.Reflection.Emit;

namespace Symphony.Tests.Architecture;

/// <summary>
/// The types that a type names: in its declaration, in its members' signatures, and in its methods' instructions.
/// Compiled code is read rather than text, so that a name without a using is seen as well. A constant of another type
/// is copied by the compiler and is not seen.
/// </summary>
internal static class TypeReferences
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Static
        | BindingFlags.Instance
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The types of one assembly that <paramref name="type"/> names, without itself.</summary>
    public static IReadOnlySet<Type> Of(Type type)
    {
        var named = Declaration(type).Concat(type.GetMembers(Declared).SelectMany(OfMember));
        return named.SelectMany(Parts).Where(found => found.Assembly == type.Assembly && found != type).ToHashSet();
    }

    private static IEnumerable<Type?> Declaration(Type type) =>
        type.GetInterfaces().Append(type.BaseType).Concat(Attributes(type));

    private static IEnumerable<Type?> Attributes(MemberInfo member) =>
        member
            .GetCustomAttributesData()
            .SelectMany(attribute =>
                attribute
                    .ConstructorArguments.Select(argument => argument.Value as Type)
                    .Append(attribute.AttributeType)
            );

    private static IEnumerable<Type?> OfMember(MemberInfo member) =>
        Attributes(member)
            .Concat(
                member switch
                {
                    FieldInfo field => [field.FieldType],
                    PropertyInfo property => [property.PropertyType],
                    MethodInfo method => method
                        .GetParameters()
                        .Select(parameter => (Type?)parameter.ParameterType)
                        .Append(method.ReturnType)
                        .Concat(Body(method)),
                    ConstructorInfo constructor => constructor
                        .GetParameters()
                        .Select(parameter => (Type?)parameter.ParameterType)
                        .Concat(Body(constructor)),
                    _ => [],
                }
            );

    private static IEnumerable<Type?> Body(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return [];
        }

        return body
            .LocalVariables.Select(variable => (Type?)variable.LocalType)
            .Concat(
                body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
                    .Select(clause => clause.CatchType)
            )
            .Concat(Tokens(body.GetILAsByteArray() ?? []).SelectMany(token => Resolve(method, token)));
    }

    /// <summary>The metadata tokens in a method's instructions (ECMA-335, III.1).</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length; )
        {
            var value = code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at];
            var instruction = OpCodesByValue[value];
            at += instruction.Size;
            if (
                instruction.OperandType
                is OperandType.InlineField
                    or OperandType.InlineMethod
                    or OperandType.InlineType
                    or OperandType.InlineTok
            )
            {
                yield return BitConverter.ToInt32(code, at);
            }

            at += OperandLength(instruction.OperandType, code, at);
        }
    }

    private static int OperandLength(OperandType operand, byte[] code, int at) =>
        operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
            _ => 4,
        };

    private static IEnumerable<Type?> Resolve(MethodBase method, int token)
    {
        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, ofType, ofMethod) switch
        {
            Type type => [type],
            MethodInfo called => called.GetGenericArguments().Append(called.DeclaringType).Append(called.ReturnType),
            { } member => [member.DeclaringType],
            null => [],
        };
    }

    /// <summary>A generic type and its arguments; an array's or pointer's element.</summary>
    private static IEnumerable<Type> Parts(Type? type) =>
        type is null || type.IsGenericParameter ? []
        : type.HasElementType ? Parts(type.GetElementType())
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : [type];
}
