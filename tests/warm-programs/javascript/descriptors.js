const fs = require('fs');
for (const name of fs.readdirSync('/proc/self/fd').sort((a, b) => a - b)) { try { console.log(name, fs.readlinkSync(`/proc/self/fd/${name}`).replace(/\d+/g, 'N'), fs.readFileSync(`/proc/self/fdinfo/${name}`, 'latin1').match(/flags:\s+(\d+)/)[1]); } catch (error) { console.log(name, error.code); } }
