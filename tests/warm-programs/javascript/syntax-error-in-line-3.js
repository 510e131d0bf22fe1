console.log('never');
function f() {
  let x = ;
}
