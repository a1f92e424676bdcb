-- expect: rename-table
ALTER VIEW active_customer RENAME TO live_customer;
