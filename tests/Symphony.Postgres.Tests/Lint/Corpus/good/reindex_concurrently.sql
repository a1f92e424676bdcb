-- symphony:no_tx
REINDEX INDEX CONCURRENTLY customer_status;
