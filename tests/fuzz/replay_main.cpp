#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

/// Runs a fuzz target over every file of the folder in its first argument; fails when there is none, so that
/// a renamed folder cannot pass as a success.
int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    std::vector<std::filesystem::path> files;
    std::error_code failure;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1], failure)) {
        if (entry.is_regular_file())
            files.push_back(entry.path());
    }
    if (failure || files.empty()) {
        std::fprintf(stderr, "no file to replay in %s\n", argv[1]);
        return 1;
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        std::fprintf(stderr, "%s\n", file.filename().c_str());
        std::ifstream in(file, std::ios::binary);
        const std::vector<char> content(std::istreambuf_iterator<char>(in), {});
        // A copy of exactly the right size lets AddressSanitizer see a read past the end.
        std::vector<std::uint8_t> input(content.begin(), content.end());
        input.shrink_to_fit();
        LLVMFuzzerTestOneInput(input.data(), input.size());
    }
    std::printf("%zu inputs replayed\n", files.size());
    return 0;
}
