// SPDX-License-Identifier: Apache-2.0
// A line on stderr that says how far a long command has got; nothing at all when stderr is no
// terminal.
#ifndef VERBATIM_TOOLS_VERBATIM_PROGRESS_H_
#define VERBATIM_TOOLS_VERBATIM_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace verbatim::tool {

class Progress {
 public:
  // `what`: "articles". Silent when quiet.
  Progress(std::string what, bool quiet);
  ~Progress() { Clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Draws at most ten times a second. `note` follows the bar.
  void Show(uint64_t done, uint64_t total, std::string_view note = {});
  // The same where nobody knows how many there will be: `share` of the whole, 0 to 1, is known by
  // another measure.
  void ShowShare(uint64_t done, double share, std::string_view note = {});
  // Takes the line away, so that something else can be printed.
  void Clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool IsTime(bool last);
  void Draw(double share, uint64_t done, std::string_view of, std::string_view note);

  std::string what_;
  bool on_;
  bool drawn_ = false;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point last_{};
};

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_PROGRESS_H_
