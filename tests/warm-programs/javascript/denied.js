const fs = require('fs');
for (const path of ['/etc/passwd', '/etc/shadow', '/usr/x', '/etc/x', '/proc/1/environ', '/x', '/box/x', '/tmp/x', '/dev/x']) { try { fs.writeFileSync(path, 'x', { flag: 'a' }); console.log(path, 'written'); } catch (error) { console.log(error.message); } }
for (const f of ['setuid', 'setgid', 'seteuid']) { try { process[f](0); console.log(f); } catch (error) { console.log(error.code, error.syscall, error.message); } }
try { process.kill(1, 'SIGKILL'); } catch (error) { console.log(error.code); } try { require('os').setPriority(-5); } catch (error) { console.log(error.code); }
