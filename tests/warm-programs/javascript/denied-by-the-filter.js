require('child_process').spawnSync('unshare', ['-U', 'true'], { stdio: 'inherit' }); console.log('after');
