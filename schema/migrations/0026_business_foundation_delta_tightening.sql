-- From here on new rows name their payer and can be stitched together. Old rows stay as they are: every CHECK is
-- NOT VALID, nothing is filled in afterwards, no table is read or rewritten.
--
-- A NOT VALID CHECK holds for every row that is written, so also for an old row that is updated. The append-only
-- tables have no such rows. A tenant gets its payer with its next change; an outbox row that was accepted before
-- this file has to be settled, or given a correlation_id, before it can change.

SET LOCAL lock_timeout = '5s';

-- 1. A new tenant has a payer.
ALTER TABLE public.tenants
  ADD CONSTRAINT tenants_billable_client_required_new_rows_chk
    CHECK (billable_client_id IS NOT NULL) NOT VALID;

-- 2. A new payer has a key that people and other systems know it by. 0027 makes it unique.
ALTER TABLE public.billable_clients ADD COLUMN client_key text;

-- Written out, and not left to the pattern alone: a CHECK that gives NULL passes.
ALTER TABLE public.billable_clients
  ADD CONSTRAINT billable_clients_client_key_required_new_rows_chk
    CHECK (client_key IS NOT NULL AND client_key ~ '[^[:space:]]') NOT VALID;

-- 3. New rows are stitchable: one correlation id follows an instruction from the door to its last attempt. Who
-- knows it hands it in; a writer who knows nothing of it still succeeds.
CREATE FUNCTION public.set_correlation_id_if_null() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NEW.correlation_id IS NULL THEN
    NEW.correlation_id := public.uuid_v7_or_random();
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER trg_set_corr_id_ingress_attestations
  BEFORE INSERT ON public.ingress_attestations
  FOR EACH ROW EXECUTE FUNCTION public.set_correlation_id_if_null();
CREATE TRIGGER trg_set_corr_id_payment_outbox_pending
  BEFORE INSERT ON public.payment_outbox_pending
  FOR EACH ROW EXECUTE FUNCTION public.set_correlation_id_if_null();
CREATE TRIGGER trg_set_corr_id_payment_outbox_attempts
  BEFORE INSERT ON public.payment_outbox_attempts
  FOR EACH ROW EXECUTE FUNCTION public.set_correlation_id_if_null();

-- The trigger fills in, the CHECK refuses: with the trigger switched off, no row slips through.
ALTER TABLE public.ingress_attestations
  ADD CONSTRAINT ingress_attestations_correlation_required_new_rows_chk
    CHECK (correlation_id IS NOT NULL) NOT VALID;
ALTER TABLE public.payment_outbox_pending
  ADD CONSTRAINT payment_outbox_pending_correlation_required_new_rows_chk
    CHECK (correlation_id IS NOT NULL) NOT VALID;
ALTER TABLE public.payment_outbox_attempts
  ADD CONSTRAINT payment_outbox_attempts_correlation_required_new_rows_chk
    CHECK (correlation_id IS NOT NULL) NOT VALID;

-- 4. A new proof is attributed to the tenant of its attestation and to the payer of that tenant.
ALTER TABLE public.external_proofs
  ADD COLUMN tenant_id text,
  ADD COLUMN billable_client_id uuid;

-- Derived, never believed: who supplies a value states what they expect, and is refused when it is not so.
CREATE FUNCTION public.set_external_proofs_attribution() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  attested_tenant_id text;
  payer_id uuid;
BEGIN
  SELECT tenant.tenant_id, tenant.billable_client_id
    INTO attested_tenant_id, payer_id
    FROM public.ingress_attestations AS attestation
    JOIN public.tenants AS tenant ON tenant.tenant_id = attestation.tenant_id
   WHERE attestation.attestation_id = NEW.attestation_id;

  IF attested_tenant_id IS NULL OR payer_id IS NULL THEN
    RAISE EXCEPTION 'external proof cannot be attributed to a payer'
      USING ERRCODE = 'P7301',
            DETAIL = format('Attestation %s leads to tenant %s and payer %s.',
              coalesce(NEW.attestation_id::text, 'NULL'),
              coalesce(attested_tenant_id, 'NULL'),
              coalesce(payer_id::text, 'NULL')),
            HINT = 'The attestation must exist, and its tenant must be registered with a billable_client_id.';
  END IF;

  -- NULL means that nothing was supplied, and makes neither comparison true.
  IF NEW.tenant_id <> attested_tenant_id OR NEW.billable_client_id <> payer_id THEN
    RAISE EXCEPTION 'external proof is attributed to another tenant or payer than its attestation'
      USING ERRCODE = 'P7301',
            DETAIL = format('Attestation %s leads to tenant %s and payer %s; tenant %s and payer %s were supplied.',
              NEW.attestation_id, attested_tenant_id, payer_id,
              coalesce(NEW.tenant_id, 'NULL'), coalesce(NEW.billable_client_id::text, 'NULL')),
            HINT = 'Leave tenant_id and billable_client_id out: they are derived.';
  END IF;

  NEW.tenant_id := attested_tenant_id;
  NEW.billable_client_id := payer_id;
  RETURN NEW;
END
$$;

CREATE TRIGGER trg_set_external_proofs_attribution
  BEFORE INSERT ON public.external_proofs
  FOR EACH ROW EXECUTE FUNCTION public.set_external_proofs_attribution();

ALTER TABLE public.external_proofs
  ADD CONSTRAINT external_proofs_tenant_id_required_new_rows_chk
    CHECK (tenant_id IS NOT NULL) NOT VALID,
  ADD CONSTRAINT external_proofs_billable_client_id_required_new_rows_chk
    CHECK (billable_client_id IS NOT NULL) NOT VALID;
