INSERT INTO journal VALUES (1, 'opened'), (2, 'checked');
