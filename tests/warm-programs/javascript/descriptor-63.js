const fs = require('fs');
for (const fd of [20, 21, 22, 62, 63, 64, 1022, 1023]) { try { console.log(fd, fs.fstatSync(fd).isSocket()); } catch (error) { console.log(fd, error.code); } }
