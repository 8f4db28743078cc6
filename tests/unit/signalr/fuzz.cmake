# SPDX-License-Identifier: MIT
# Fuzzers for what a server or a proxy can send: cmake --preset asan -DCMAKE_CXX_COMPILER=clang++ -DGAPLESS_FUZZ=ON
# fuzz_signalrjson -runs=1000000, or -max_total_time=10.
foreach(fuzzer json messagepack negotiate sse websocket)
    add_executable(fuzz_signalr${fuzzer} fuzz_signalr${fuzzer}.cpp)
    target_link_libraries(fuzz_signalr${fuzzer} PRIVATE gapless_signalr)
    add_dependencies(gapless_fuzzers fuzz_signalr${fuzzer})
    target_link_options(fuzz_signalr${fuzzer} PRIVATE -fsanitize=fuzzer)
    add_test(NAME fuzz.signalr${fuzzer}
        COMMAND fuzz_signalr${fuzzer} -max_total_time=10 -rss_limit_mb=2048 -timeout=5)
    set_tests_properties(fuzz.signalr${fuzzer} PROPERTIES LABELS fuzz)
endforeach()
# Coverage, which guides the fuzzers, must be in the code under test as well.
target_compile_options(gapless_signalr PRIVATE -fsanitize=fuzzer-no-link)
