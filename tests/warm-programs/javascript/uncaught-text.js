process.exitCode = 9;
throw 'only a text';
