const v8 = require('v8');
console.log(v8.getHeapStatistics().number_of_native_contexts, v8.getHeapStatistics().number_of_detached_contexts, v8.getHeapSpaceStatistics().map((s) => s.space_name), v8.deserialize(v8.serialize({ a: [1, new Map([[1, 2]])] })), v8.cachedDataVersionTag() > 0, v8.startupSnapshot?.isBuildingSnapshot());
v8.setFlagsFromString('--expose-gc'); console.log(typeof require('vm').runInNewContext('gc'));
