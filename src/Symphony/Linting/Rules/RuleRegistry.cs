namespace Symphony.Linting.Rules;

/// <summary>Every rule, in the order of the docs.</summary>
public static class RuleRegistry
{
    public static IReadOnlyList<LintRule> Rules { get; } =
    [
        new GuaranteeBrokenRule(),
        new OldWriterRefusedRule(),
        new DropTableRule(),
        new DropColumnRule(),
        new DropConstraintRule(),
        new DropNotNullRule(),
        new DropDefaultRule(),
        new DropIndexRule(),
        new DropTriggerRule(),
        new DropFunctionRule(),
        new DropObjectRule(),
        new RenameTableRule(),
        new RenameColumnRule(),
        new RenameObjectRule(),
        new ChangeTypeRule(),
        new NarrowTypeRule(),
        new SetNotNullRule(),
        new RequiredColumnRule(),
        new ConstraintAtOnceRule(),
        new ValidateTogetherRule(),
        new RowsChangedRule(),
        new TruncateTableRule(),
        new TableRewriteRule(),
        new IndexNotConcurrentRule(),
        new AccessExclusiveHeldRule(),
        new RiskyTogetherRule(),
        new NoLockTimeoutRule(),
        new ConcurrentlyInTransactionRule(),
        new TransactionControlRule(),
        new NotRepeatableRule(),
        new GuardDisabledRule(),
        new RuntimeDdlRule(),
        new RoleElevatedRule(),
        new PublicPrivilegeRule(),
        new DefinerSearchPathRule(),
    ];

    public static LintRule? Find(string id) => Rules.FirstOrDefault(rule => rule.Id == id);
}
