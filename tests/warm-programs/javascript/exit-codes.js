try { process.exit('word'); } catch (error) { console.log(error.code, error.message); }
try { process.exitCode = 1.5; } catch (error) { console.log(error.code); }
process.exit(300);
