-- expect: drop-object
DROP TYPE mood;
