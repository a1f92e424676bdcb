-- symphony:no_tx
--
-- A payer's key means one payer. Without a predicate, so that no row stands outside; rows from before 0026 have
-- NULL, and NULLs do not collide. Apart from 0026, because CONCURRENTLY cannot run inside a transaction.

-- CONCURRENTLY waits for older transactions, and nobody waits for it: a timeout would only leave an INVALID index.
-- Where IF NOT EXISTS finds such a one, the runner refuses to go on.
SET lock_timeout = 0;

CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ux_billable_clients_client_key
  ON public.billable_clients (client_key);
