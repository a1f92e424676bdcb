-- The register of tenants. Ingress does not refer to it in Phase 0: an attestation is taken down even when the
-- register does not know its tenant yet.

CREATE TABLE public.tenants (
  tenant_id text NOT NULL,
  display_name text,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT tenants_pkey PRIMARY KEY (tenant_id)
);
