const fs = require('fs'); fs.unlinkSync(__filename); console.log(fs.readdirSync('.'), fs.existsSync(__filename));
setTimeout(() => {
  throw new Error('lines of a deleted file');
}, 1);
