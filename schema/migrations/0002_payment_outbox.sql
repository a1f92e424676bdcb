-- The outbox of the payment platform: an instruction is written here in the transaction that accepts it, and
-- workers dispatch it from here. Pending rows change and go; attempts are history and stay as they were written.

CREATE TABLE public.payment_outbox_pending (
  outbox_id uuid NOT NULL DEFAULT public.uuid_v7_or_random(),
  instruction_id text NOT NULL,
  tenant_id text NOT NULL,
  idempotency_key text NOT NULL,
  payload jsonb NOT NULL,
  attempt_count integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  claimed_by text,
  lease_token uuid,
  lease_expires_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT payment_outbox_pending_pkey PRIMARY KEY (outbox_id),
  -- A client that sends an instruction again meets the row it made the first time.
  CONSTRAINT payment_outbox_pending_idempotency_key UNIQUE (tenant_id, idempotency_key),
  CONSTRAINT payment_outbox_pending_payload_object_chk CHECK (jsonb_typeof(payload) = 'object'),
  CONSTRAINT payment_outbox_pending_attempt_count_chk CHECK (attempt_count >= 0),
  -- Half a lease can neither be honoured nor expire.
  CONSTRAINT payment_outbox_pending_lease_whole_chk
    CHECK (num_nulls(claimed_by, lease_token, lease_expires_at) IN (0, 3))
);

-- Workers take the rows that are due, oldest first.
CREATE INDEX idx_payment_outbox_pending_due ON public.payment_outbox_pending (next_attempt_at, created_at);

CREATE TABLE public.payment_outbox_attempts (
  attempt_id uuid NOT NULL DEFAULT public.uuid_v7_or_random(),
  -- No foreign key: the pending row goes when its instruction is settled, its attempts remain.
  outbox_id uuid NOT NULL,
  instruction_id text NOT NULL,
  tenant_id text NOT NULL,
  idempotency_key text NOT NULL,
  attempt_no integer NOT NULL,
  outcome text NOT NULL,
  lease_token uuid,
  error_code text,
  error_message text,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT payment_outbox_attempts_pkey PRIMARY KEY (attempt_id),
  CONSTRAINT payment_outbox_attempts_attempt_no_key UNIQUE (outbox_id, attempt_no),
  CONSTRAINT payment_outbox_attempts_attempt_no_chk CHECK (attempt_no > 0),
  CONSTRAINT payment_outbox_attempts_outcome_chk CHECK (outcome IN ('dispatched', 'retryable', 'failed', 'abandoned'))
);

CREATE INDEX idx_payment_outbox_attempts_instruction
  ON public.payment_outbox_attempts (tenant_id, instruction_id);

-- One statement and no condition, so that a reader of the catalog can tell that it always refuses.
CREATE FUNCTION public.deny_payment_outbox_attempts_mutation() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'payment_outbox_attempts is append-only: % is refused', TG_OP USING ERRCODE = 'P7202';
END
$$;

CREATE TRIGGER trg_deny_payment_outbox_attempts_mutation
  BEFORE UPDATE OR DELETE ON public.payment_outbox_attempts
  FOR EACH ROW EXECUTE FUNCTION public.deny_payment_outbox_attempts_mutation();

-- TRUNCATE fires no row triggers.
CREATE TRIGGER trg_deny_payment_outbox_attempts_truncate
  BEFORE TRUNCATE ON public.payment_outbox_attempts
  FOR EACH STATEMENT EXECUTE FUNCTION public.deny_payment_outbox_attempts_mutation();
