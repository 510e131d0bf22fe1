const { execSync } = require('child_process');
console.log(execSync('grep -E "^(Sig[BCI]|Cap|NoNew|Groups)" /proc/self/status; ls /proc/self/fd; nice; ulimit -a').toString().replace(/\(-i\).*/, ''));
