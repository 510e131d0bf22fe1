// exrun: {"limits": {"disk_bytes": 300000}}
const fs = require('fs'); try { fs.writeFileSync('large', Buffer.alloc(1e6)); } catch (error) { console.log(error.code, error.message); } console.log(fs.statSync('large').size > 0); fs.writeFileSync('more', Buffer.alloc(1e6));
