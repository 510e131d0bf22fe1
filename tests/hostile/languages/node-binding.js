// SPDX-License-Identifier: MIT
// tries: starts a program by the binding below the modules
// layer: policy-namespaces root
// source: Node process.binding()
// expect: denied unshare | ok
// breach: BREACH
try {
    const { Process } = process.binding('process_wrap');
    const child = new Process();
    const status = child.spawn({ file: '/usr/bin/unshare', args: ['unshare', '-U', 'true'], stdio: [{ type: 'ignore' }, { type: 'ignore' }, { type: 'ignore' }] });
    child.onexit = () => console.log('BREACH: the kernel was asked');
    if (status !== 0)
        console.log('held');
} catch (error) {
    console.log('held', error.message);
}
