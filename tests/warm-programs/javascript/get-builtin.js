console.log(typeof process.getBuiltinModule, process.binding('constants') !== undefined, Object.keys(process.binding('natives')).length > 10);
