// SPDX-License-Identifier: Apache-2.0
// A view in C functions for the benchmarks: of verbatim.v1.SettingChanged and AnnotationAdded the
// first field is a row's key and the whole message the row. And the log, rows and generation to
// fold it with.
#ifndef VERBATIM_TESTS_BENCH_BENCH_VIEW_H_
#define VERBATIM_TESTS_BENCH_BENCH_VIEW_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "core/log/event_log.h"
#include "core/view/generation.h"
#include "verbatim/plugin_abi.h"

namespace verbatim::bench {

// What apply does with an event.
const vb_view& IgnoringView();  // nothing: dispatch alone
const vb_view& PuttingView();   // puts the row
const vb_view& ReadingView();   // gets the row that stands there, then puts its own
// Deliveries since the program began.
uint64_t DeliveriesSeen();

// The message that an event carries; key and message together are a row.
std::pair<std::string, std::string> RowOf(uint64_t number, uint64_t keys);
// Appends events from `first` on, `events` of them, their keys taking turns over `keys` in no
// order.
void FillWithRows(log::EventLog& log, uint64_t first, uint64_t events, uint64_t keys);

std::unique_ptr<view::Generation> NewGeneration(const std::filesystem::path& folder,
                                                view::Durability durability);
// From zero or from where it stands to the head.
void FoldAll(const log::EventLog& log, view::Generation& generation, const vb_view& view);

}  // namespace verbatim::bench

#endif  // VERBATIM_TESTS_BENCH_BENCH_VIEW_H_
