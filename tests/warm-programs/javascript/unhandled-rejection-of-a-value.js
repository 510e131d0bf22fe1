Promise.reject({ reason: 7 });
