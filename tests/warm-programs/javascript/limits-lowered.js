// exrun: {"limits": {"cpu_ms": 1500, "files": 60, "disk_bytes": 524288, "output_bytes": 20000}}
console.log(require('fs').readFileSync('/proc/self/limits', 'utf8').match(/Max (cpu|file size|open).*/g)); try { require('fs').writeFileSync('x', Buffer.alloc(1e6)); } catch (error) { console.log(error.code); }
