require('child_process').spawn('sh', ['-c', 'sleep 0.2; echo late'], { stdio: 'inherit', detached: true }).unref(); console.log('early');
