throw { a: 1, toString() { return 'an object'; } };
