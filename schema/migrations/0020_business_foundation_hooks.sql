-- The hooks that billing and tracing hang on later: who pays for a tenant, what belongs together, and what others
-- have confirmed. Every new column on a table with writers is nullable: they know nothing of it yet.

SET LOCAL lock_timeout = '5s';

CREATE TABLE public.billable_clients (
  billable_client_id uuid NOT NULL DEFAULT public.uuid_v7_or_random(),
  legal_name text,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT billable_clients_pkey PRIMARY KEY (billable_client_id)
);

-- Given together with its column, which is NULL everywhere, the foreign key is valid without reading a row.
ALTER TABLE public.tenants
  ADD COLUMN billable_client_id uuid
    CONSTRAINT tenants_billable_client_id_fkey REFERENCES public.billable_clients (billable_client_id);

ALTER TABLE public.ingress_attestations ADD COLUMN correlation_id uuid;
ALTER TABLE public.payment_outbox_pending ADD COLUMN correlation_id uuid;
ALTER TABLE public.payment_outbox_attempts ADD COLUMN correlation_id uuid;

-- What a party outside has confirmed about an attested instruction.
CREATE TABLE public.external_proofs (
  external_proof_id uuid NOT NULL DEFAULT public.uuid_v7_or_random(),
  attestation_id uuid NOT NULL,
  provider text NOT NULL,
  proof_hash text NOT NULL,
  provider_reference text,
  received_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT external_proofs_pkey PRIMARY KEY (external_proof_id),
  CONSTRAINT external_proofs_attestation_id_fkey
    FOREIGN KEY (attestation_id) REFERENCES public.ingress_attestations (attestation_id)
);

CREATE INDEX idx_external_proofs_attestation ON public.external_proofs (attestation_id);

-- One statement and no condition, so that a reader of the catalog can tell that it always refuses.
CREATE FUNCTION public.deny_external_proofs_mutation() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'external_proofs is append-only: % is refused', TG_OP USING ERRCODE = 'P7203';
END
$$;

CREATE TRIGGER trg_deny_external_proofs_mutation
  BEFORE UPDATE OR DELETE ON public.external_proofs
  FOR EACH ROW EXECUTE FUNCTION public.deny_external_proofs_mutation();

-- TRUNCATE fires no row triggers.
CREATE TRIGGER trg_deny_external_proofs_truncate
  BEFORE TRUNCATE ON public.external_proofs
  FOR EACH STATEMENT EXECUTE FUNCTION public.deny_external_proofs_mutation();
