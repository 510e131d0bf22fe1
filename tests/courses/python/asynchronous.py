import asyncio, selectors, sys, time


async def work(name, delay):
    await asyncio.sleep(delay)
    return name


async def producer(q):
    for n in range(3):
        await q.put(n)
    await q.put(None)


async def main():
    began = time.monotonic()
    print(await asyncio.gather(work("a", 0.05), work("b", 0.02)), time.monotonic() > began)
    q = asyncio.Queue(); task = asyncio.create_task(producer(q)); got = []
    while (n := await q.get()) is not None: got.append(n)
    await task; print(got)
    p = await asyncio.create_subprocess_exec("echo", "async", stdout=asyncio.subprocess.PIPE)
    print((await p.communicate())[0], p.returncode)
    try:
        await asyncio.wait_for(asyncio.sleep(5), 0.05)
    except asyncio.TimeoutError:
        print("timed out")
    print(await asyncio.get_running_loop().run_in_executor(None, sum, [1, 2]), await asyncio.to_thread(len, "abc"))
    async with asyncio.TaskGroup() as g:
        t = g.create_task(work("grouped", 0))
    print(t.result())


asyncio.run(main())
