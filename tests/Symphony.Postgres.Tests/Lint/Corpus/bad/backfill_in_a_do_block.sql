-- expect: rows-changed
DO $$ DECLARE r record; BEGIN FOR r IN SELECT customer_id FROM customer LOOP UPDATE customer SET score = 1 WHERE customer_id = r.customer_id; END LOOP; END $$;
