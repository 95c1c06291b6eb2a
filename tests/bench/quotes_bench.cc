// SPDX-License-Identifier: Apache-2.0
// How fast quotations are found, beside an RE2 that only looks for pairs of marks, and on inputs
// made to be slow.
//
//   quotes_bench [--rounds N] [--texts DIR]
//
//   P13 quotes.plugin     quotes.so through its C boundary, messages in and out
//   P13 quotes.library    the algorithm alone
#include <dlfcn.h>
#include <fmt/format.h>
#include <re2/re2.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "quotations.h"
#include "tests/bench/text_bench.h"
#include "verbatim/plugin.h"
#include "verbatim/v1/plugin.pb.h"

namespace verbatim::quotes {
namespace {

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

size_t Find(std::string_view text) {
  Article article;
  article.text = text;
  return FindQuotations(article).size();
}

void Run(const bench::Options& options) {
  const bench::Corpus corpus = bench::LoadCorpus(options, "eval/quotes/dev/polnear_dev/text");
  std::vector<std::string> requests;
  for (const std::string& text : corpus.texts) {
    verbatim::v1::AnnotateRequest request;
    request.set_text(text);
    requests.push_back(request.SerializeAsString());
  }
  const RE2 pattern("\"[^\"]*\"|“[^”]*”");
  Plugin plugin(QUOTES_SO);
  size_t kept = 0;  // printed, so that no work can be left out
  const auto scan = [&](size_t text) { kept += ScanPairs(pattern, corpus.texts[text]); };
  bench::CompareOnText(
      options, "quotes.plugin", corpus,
      [&](size_t text) { kept += plugin.Annotate(requests[text]); }, "re2", scan);
  bench::CompareOnText(
      options, "quotes.library", corpus, [&](size_t text) { kept += Find(corpus.texts[text]); },
      "re2", scan);
  for (const auto& [name, piece] :
       {std::pair<const char*, const char*>{"marks", "\""},
        {"quotations", "\"a b c,\" Ann said. "},
        {"apostrophes", "'Aa bb cc,' dogs' 'n' "},
        {"said", "said "},
        {"names", "Ann Lund "},
        {"ministries", "The Oslo ministry said it. The ministry said it. "},
        {"open", "“a b c\n"}}) {
    bench::PrintGrowth(options, fmt::format("quotes.hostile.{}", name), piece,
                       [&](std::string_view text) { kept += Find(text); });
  }
  fmt::print("# {} kept\n", kept);
}

}  // namespace
}  // namespace verbatim::quotes

int main(int argc, char** argv) {
  const auto options = verbatim::bench::Options::Parse(argc, argv);
  if (options.Wants("P13")) verbatim::quotes::Run(options);
  return 0;
}
