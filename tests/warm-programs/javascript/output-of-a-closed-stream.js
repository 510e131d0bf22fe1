require('fs').closeSync(1);
try { console.log('never'); } catch (error) { console.error(error.code); }
console.error(require('fs').openSync('/dev/null'));
