// SPDX-License-Identifier: Apache-2.0
#include "tools/verbatim/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "fmt/format.h"

namespace verbatim::tool {
namespace {

constexpr size_t kBarCells = 24;
constexpr auto kPause = std::chrono::milliseconds(100);

std::string TimeLeft(double seconds) {
  const auto whole = static_cast<uint64_t>(seconds + 0.5);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

Progress::Progress(std::string what, bool quiet)
    : what_(std::move(what)), on_(!quiet && ::isatty(STDERR_FILENO) == 1) {}

bool Progress::IsTime(bool last) {
  const auto now = Clock::now();
  if (!on_ || (drawn_ && now - last_ < kPause && !last)) return false;
  last_ = now;
  drawn_ = true;
  return true;
}

void Progress::Show(uint64_t done, uint64_t total, std::string_view note) {
  if (!IsTime(done == total)) return;
  const double share = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0;
  Draw(share, done, fmt::format("/{}", total), note);
}

void Progress::ShowShare(uint64_t done, double share, std::string_view note) {
  if (IsTime(false)) Draw(std::clamp(share, 0.0, 1.0), done, "", note);
}

void Progress::Draw(double share, uint64_t done, std::string_view of, std::string_view note) {
  const double seconds = std::chrono::duration<double>(last_ - begin_).count();
  const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  const auto filled = static_cast<size_t>(share * static_cast<double>(kBarCells));
  const std::string left = share > 0 ? TimeLeft(seconds / share - seconds) : "-:--";
  const std::string line =
      fmt::format("\r\x1b[K[{}{}] {}{} {}  {:.0f}/s  {} left  {}", std::string(filled, '#'),
                  std::string(kBarCells - filled, '.'), done, of, what_, rate, left, note);
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void Progress::Clear() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
  drawn_ = false;
}

}  // namespace verbatim::tool
