CREATE OR REPLACE VIEW active_customer AS SELECT customer_id, email, status FROM customer WHERE status = 'active';
