const d = new Date(Date.UTC(2024, 1, 29, 12));
console.log(d, d.toString(), d.toLocaleString(), d.toLocaleDateString('de', { weekday: 'long' }), d.getTimezoneOffset(), new Date('2024-07-01').getTimezoneOffset(), process.env.TZ, new Date(NaN), Date.UTC(1970), Math.abs(Date.now() - require('fs').statSync(__filename).mtimeMs) < 3000);
process.env.TZ = 'Asia/Tokyo'; console.log(new Date(0).getHours(), new Date(0).toString());
