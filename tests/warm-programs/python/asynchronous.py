import asyncio


async def one(n):
    await asyncio.sleep(0.01 * n)
    return n


async def main():
    print(await asyncio.gather(*(one(n) for n in range(4))), type(asyncio.get_running_loop()).__name__)


asyncio.run(main(), debug=True)
