import multiprocessing


def square(n):
    return n * n


if __name__ == "__main__":
    print(multiprocessing.get_start_method(), multiprocessing.current_process().name, multiprocessing.cpu_count())
    with multiprocessing.Pool(2) as pool:
        print(pool.map(square, range(10)))
