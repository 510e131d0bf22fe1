exit 42;
