-- expect: public-privilege
GRANT SELECT ON customer TO PUBLIC;
