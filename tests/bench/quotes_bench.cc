// SPDX-License-Identifier: Apache-2.0
// How fast quotations are found, beside an RE2 that only looks for pairs of marks, interleaved in
// one run over the same articles: medians and quartiles, CPU seconds of this thread.
//
//   quotes_bench [FOLDER [MEGABYTES [ROUNDS]]]
//
//   P13 quotes.plugin     quotes.so through its C boundary, messages in and out
//   P13 quotes.library    the algorithm alone
//   P13 quotes.doubled.X  time for a text twice as long / time for the text; 2 is linear
//
// FOLDER holds .txt files (default: the development data beside the project, where they are; else
// sentences made here); they are taken again and again up to MEGABYTES (default 64).
#include <dlfcn.h>
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "quotations.h"
#include "verbatim/plugin.h"
#include "verbatim/v1/plugin.pb.h"

namespace verbatim::quotes {
namespace {

constexpr double kMega = 1e6;

double CpuSeconds(const std::function<void()>& work) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  };
  const double begin = now();
  work();
  return now() - begin;
}

std::vector<std::string> Articles(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".txt") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const std::string& path : paths) {
    std::ifstream file(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  if (texts.empty()) {
    fmt::print(stderr, "quotes_bench: no .txt file in {}: made-up sentences instead\n", folder);
    std::string text;
    while (text.size() < 5000) {
      text += "The council met in the old hall on Tuesday and talked about the bridge for hours. ";
      text += "“The bridge is safe,” Ada Lund said. Jens Berg, a carpenter, said it was not.\n\n";
    }
    texts.push_back(text);
  }
  return texts;
}

// quotes.so, as a host has it.
class Plugin {
 public:
  explicit Plugin(const char* path) {
    void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw std::runtime_error(dlerror());
    const auto* plugin = static_cast<const vb_plugin*>(dlsym(library, VERBATIM_ENTRY_SYMBOL));
    annotator_ = plugin->annotator(ToAbi("quotes"));
    host_.struct_size = sizeof(host_);
    host_.log = [](void*, vb_severity, vb_bytes) {};
    host_.progress = [](void*, uint64_t, uint64_t) {};
    host_.cancelled = [](void*) -> int32_t { return 0; };
    error_ = {&message_, [](void* ctx, vb_bytes bytes) -> int32_t {
                static_cast<std::string*>(ctx)->append(FromAbi(bytes));
                return 0;
              }};
    self_ = annotator_->create(&host_, {}, &error_);
  }
  ~Plugin() { annotator_->destroy(self_); }
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;

  size_t Annotate(const std::string& request) {
    size_t bytes = 0;
    vb_sink sink{&bytes, [](void* ctx, vb_bytes proposal) -> int32_t {
                   *static_cast<size_t*>(ctx) += proposal.size;
                   return 0;
                 }};
    if (annotator_->annotate(self_, ToAbi(request), &sink, &error_) != VB_OK) {
      throw std::runtime_error(message_);
    }
    return bytes;
  }

 private:
  const vb_annotator* annotator_ = nullptr;
  void* self_ = nullptr;
  vb_host host_{};
  vb_sink error_{};
  std::string message_;
};

size_t ScanPairs(const RE2& pattern, const std::string& text) {
  re2::StringPiece rest(text);
  size_t pairs = 0;
  while (RE2::FindAndConsume(&rest, pattern)) ++pairs;
  return pairs;
}

size_t Find(const std::string& text) {
  Article article;
  article.text = text;
  return FindQuotations(article).size();
}

struct Quartiles {
  double low, median, high;
};
Quartiles Spread(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {values[values.size() / 4], values[values.size() / 2], values[values.size() * 3 / 4]};
}

std::string Repeated(const std::string& unit, size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += unit;
  return text;
}

void Doubled(int rounds) {
  const std::pair<const char*, std::string> units[] = {
      {"marks", "\""},
      {"quotations", "\"a b c,\" Ann said. "},
      {"apostrophes", "'Aa bb cc,' dogs' 'n' "},
      {"said", "said "},
      {"names", "Ann Lund "},
      {"ministries", "The Oslo ministry said it. The ministry said it. "},
      {"open", "“a b c\n"}};
  for (const auto& [name, unit] : units) {
    const std::string once = Repeated(unit, 500'000);
    const std::string twice = Repeated(unit, 1'000'000);
    std::vector<double> ratios;
    for (int round = 0; round < rounds; ++round) {
      const double short_time = CpuSeconds([&, &once = once] { Find(once); });
      ratios.push_back(CpuSeconds([&, &twice = twice] { Find(twice); }) / short_time);
    }
    const Quartiles ratio = Spread(ratios);
    fmt::print("P13 quotes.doubled.{} ratio={:.2f} [{:.2f}..{:.2f}]\n", name, ratio.median,
               ratio.low, ratio.high);
  }
}

void Run(const std::string& folder, double megabytes, int rounds) {
  const std::vector<std::string> texts = Articles(folder);
  std::vector<std::string> requests;
  size_t bytes = 0;
  for (const std::string& text : texts) {
    verbatim::v1::AnnotateRequest request;
    request.set_text(text);
    requests.push_back(request.SerializeAsString());
    bytes += text.size();
  }
  const auto passes = std::max<size_t>(1, static_cast<size_t>(megabytes * kMega) / bytes);
  const double size = static_cast<double>(bytes * passes) / kMega;
  const RE2 pattern("\"[^\"]*\"|“[^”]*”");
  Plugin plugin(QUOTES_SO);
  size_t kept = 0;
  const auto rate = [&](const std::function<void()>& pass) {
    return size / CpuSeconds([&] {
             for (size_t n = 0; n < passes; ++n) pass();
           });
  };
  std::vector<double> re2, library, whole, of_re2;
  for (int round = 0; round < rounds; ++round) {
    re2.push_back(rate([&] {
      for (const std::string& text : texts) kept += ScanPairs(pattern, text);
    }));
    library.push_back(rate([&] {
      for (const std::string& text : texts) kept += Find(text);
    }));
    whole.push_back(rate([&] {
      for (const std::string& request : requests) kept += plugin.Annotate(request);
    }));
    of_re2.push_back(whole.back() / re2.back());
  }
  const Quartiles p = Spread(whole), l = Spread(library), r = Spread(re2), ratio = Spread(of_re2);
  fmt::print(
      "P13 quotes.plugin mb_per_s={:.1f} [{:.1f}..{:.1f}] ratio_vs_re2={:.3f} [{:.3f}..{:.3f}]"
      " ({:.0f} MB, {} articles, {} kept)\n",
      p.median, p.low, p.high, ratio.median, ratio.low, ratio.high, size, texts.size(), kept);
  fmt::print("P13 quotes.library mb_per_s={:.1f} [{:.1f}..{:.1f}]\n", l.median, l.low, l.high);
  fmt::print("P13 re2.pairs_of_marks mb_per_s={:.1f} [{:.1f}..{:.1f}]\n", r.median, r.low, r.high);
  Doubled(rounds);
}

}  // namespace
}  // namespace verbatim::quotes

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : DEVELOPMENT_TEXTS;
  const double megabytes = argc > 2 ? std::atof(argv[2]) : 64;
  const int rounds = argc > 3 ? std::atoi(argv[3]) : 5;
  verbatim::quotes::Run(folder, megabytes, std::max(rounds, 1));
  return 0;
}
