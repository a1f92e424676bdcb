-- symphony:no_tx
--
-- What the tenancy review asked for besides. The door stays open meanwhile: no statement scans or indexes the
-- table under a lock that keeps writers out, which one transaction around the file would not allow. Each
-- statement can run again, so a run that was interrupted is run again.

-- An ALTER TABLE that waits makes everybody behind it wait as well.
SET lock_timeout = '5s';

ALTER TABLE public.ingress_attestations
  ADD COLUMN IF NOT EXISTS token_jti_hash text,
  ADD COLUMN IF NOT EXISTS participant_id uuid,
  -- A constant default is kept in the catalog; no row is rewritten.
  ADD COLUMN IF NOT EXISTS subject_kind text NOT NULL DEFAULT 'participant';

COMMENT ON COLUMN public.ingress_attestations.token_jti_hash IS
  'Digest of the access token''s jti claim: links the attestations made with one token, to find a replay.';

-- ADD CONSTRAINT knows no IF NOT EXISTS; both in one statement, no row is ever written unchecked.
ALTER TABLE public.ingress_attestations
  DROP CONSTRAINT IF EXISTS ck_ingress_attestations_subject_kind,
  ADD CONSTRAINT ck_ingress_attestations_subject_kind
    CHECK (subject_kind IN ('participant', 'member', 'system')) NOT VALID,
  DROP CONSTRAINT IF EXISTS ck_ingress_attestations_member_subject_id,
  ADD CONSTRAINT ck_ingress_attestations_member_subject_id
    CHECK (subject_kind <> 'member' OR subject_id IS NOT NULL) NOT VALID;

-- Reads all rows, and keeps nobody out while it does.
ALTER TABLE public.ingress_attestations VALIDATE CONSTRAINT ck_ingress_attestations_subject_kind;
ALTER TABLE public.ingress_attestations VALIDATE CONSTRAINT ck_ingress_attestations_member_subject_id;

-- CONCURRENTLY waits for older transactions, and nobody waits for it: a timeout would only leave an INVALID index.
-- Where IF NOT EXISTS finds such a one, the runner refuses to go on.
SET lock_timeout = 0;

-- One instruction of a tenant is accepted once.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ux_ingress_attestations_tenant_instruction
  ON public.ingress_attestations (tenant_id, instruction_id);

-- The audit's questions: what did this subject send, what came with this certificate, what did this participant send.
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_ingress_attestations_tenant_subject
  ON public.ingress_attestations (tenant_id, subject_kind, subject_id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_ingress_attestations_client_cert_fingerprint
  ON public.ingress_attestations (client_cert_fingerprint_sha256);
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_ingress_attestations_participant_received
  ON public.ingress_attestations (participant_id, received_at);
