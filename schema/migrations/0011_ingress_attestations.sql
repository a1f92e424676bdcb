-- What came in, from whom and with which credentials, attested at the door before anything acts on it.

CREATE TABLE public.ingress_attestations (
  attestation_id uuid NOT NULL DEFAULT public.uuid_v7_or_random(),
  instruction_id text NOT NULL,
  -- No foreign key in Phase 0: the door must not depend on the tenants' register being complete.
  tenant_id text NOT NULL,
  client_id text NOT NULL,
  subject_id text,
  client_cert_fingerprint_sha256 text NOT NULL,
  payload_hash text NOT NULL,
  signature_hash text,
  received_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ingress_attestations_pkey PRIMARY KEY (attestation_id)
);

CREATE INDEX idx_ingress_attestations_instruction ON public.ingress_attestations (instruction_id);
CREATE INDEX idx_ingress_attestations_received_at ON public.ingress_attestations (received_at);
-- Without WHERE: an audit of a tenant must find every row by this index.
CREATE INDEX idx_ingress_attestations_tenant_received ON public.ingress_attestations (tenant_id, received_at);
CREATE INDEX idx_ingress_attestations_client_received ON public.ingress_attestations (client_id, received_at);
CREATE INDEX idx_ingress_attestations_tenant_instruction
  ON public.ingress_attestations (tenant_id, instruction_id);

-- One statement and no condition, so that a reader of the catalog can tell that it always refuses.
CREATE FUNCTION public.deny_ingress_attestations_mutation() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'ingress_attestations is append-only: % is refused', TG_OP USING ERRCODE = 'P7201';
END
$$;

CREATE TRIGGER trg_deny_ingress_attestations_mutation
  BEFORE UPDATE OR DELETE ON public.ingress_attestations
  FOR EACH ROW EXECUTE FUNCTION public.deny_ingress_attestations_mutation();

-- TRUNCATE fires no row triggers.
CREATE TRIGGER trg_deny_ingress_attestations_truncate
  BEFORE TRUNCATE ON public.ingress_attestations
  FOR EACH STATEMENT EXECUTE FUNCTION public.deny_ingress_attestations_mutation();
