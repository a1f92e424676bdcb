-- expect: public-privilege
GRANT UPDATE (status) ON customer TO public;
