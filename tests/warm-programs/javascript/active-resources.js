console.log(process.getActiveResourcesInfo()); setTimeout(() => console.log(process.getActiveResourcesInfo()), 1); process.stdin.resume();
