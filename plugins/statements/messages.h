// SPDX-License-Identifier: Apache-2.0
// Rows of the fold as protobuf messages and back, and tables over the host's store.
#ifndef VERBATIM_PLUGINS_STATEMENTS_MESSAGES_H_
#define VERBATIM_PLUGINS_STATEMENTS_MESSAGES_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "rows.h"
#include "tables.h"
#include "verbatim/plugin.h"
#include "verbatim/statements/v1/statements.pb.h"

namespace verbatim::statements {

v1::Statement ToMessage(const Statement& row);
v1::Source ToMessage(const Source& row);
v1::Member ToMessage(const Member& row);
v1::Thread ToMessage(const Thread& row);
v1::Speaker ToMessage(const Speaker& row);
v1::Article ToMessage(const Article& row);
v1::Report ToMessage(const Report& row);

Statement FromMessage(const v1::Statement& message);
Source FromMessage(const v1::Source& message);
Member FromMessage(const v1::Member& message);
Thread FromMessage(const v1::Thread& message);
Speaker FromMessage(const v1::Speaker& message);
Article FromMessage(const v1::Article& message);
Report FromMessage(const v1::Report& message);

// One table of the store that `*store` points to at the time of a call.
template <class Row, class Message>
class StoreTable : public Table<Row> {
 public:
  using Visit = typename Table<Row>::Visit;

  StoreTable(Store* const* store, uint32_t number) : store_(store), number_(number) {}

  std::optional<Row> Get(std::string_view key) const override {
    const std::optional<Message> message = (*store_)->GetMessage<Message>(number_, key);
    if (!message) return std::nullopt;
    return FromMessage(*message);
  }
  void Put(std::string_view key, const Row& row) override {
    (*store_)->PutMessage(number_, key, ToMessage(row));
  }
  void Erase(std::string_view key) override { (*store_)->Erase(number_, key); }
  void Scan(std::string_view prefix, std::string_view from, Order order,
            const Visit& visit) const override {
    const auto direction =
        order == Order::kForward ? Store::Direction::kForward : Store::Direction::kBackward;
    (*store_)->ScanFrom(number_, prefix, from, direction,
                        [&visit](std::string_view key, std::string_view bytes) {
                          return visit(key, FromMessage(Parse<Message>(bytes)));
                        });
  }

 private:
  Store* const* store_;
  uint32_t number_;
};

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_MESSAGES_H_
