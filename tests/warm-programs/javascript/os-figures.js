const os = require('os');
console.log(os.platform(), os.type(), os.hostname(), os.cpus().length, os.availableParallelism(), os.endianness(), os.EOL, os.userInfo().homedir, os.userInfo().shell, os.devNull, os.getPriority(), Object.keys(os.constants).length, os.arch(), os.totalmem() > 0);
console.log(process.getuid() === process.geteuid(), process.getgid() === process.getegid(), process.getgroups().length, process.pid, process.ppid);
