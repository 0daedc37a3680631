#pragma once
// The tables of ledger.db. A row's facts are in its body alone; the other columns are computed from
// it (and empty where it is sealed), so that they can never disagree.

#include <array>

#include "store/database.hpp"

namespace ioud::store {

/// "ioul", as `file` and a hex dump show it.
constexpr int ledger_application_id = 0x696f756c;

constexpr const char* ledger_version_1 = R"sql(
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', 0);

CREATE TABLE favours (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*'),
  client TEXT AS (iif(json_valid(body), json_extract(body, '$.client'), NULL)),
  state TEXT AS (iif(json_valid(body), json_extract(body, '$.state'), NULL)),
  due TEXT AS (iif(json_valid(body), json_extract(body, '$.due.date'), NULL))
) STRICT;

CREATE TABLE candidates (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*'),
  client TEXT AS (iif(json_valid(body), json_extract(body, '$.client'), NULL))
) STRICT;

CREATE TABLE ious (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*'),
  client TEXT AS (iif(json_valid(body), json_extract(body, '$.client'), NULL)),
  state TEXT AS (iif(json_valid(body), json_extract(body, '$.state'), NULL)),
  at TEXT AS (iif(json_valid(body), json_extract(body, '$.sitdown.start'), NULL))
) STRICT;

CREATE TABLE approvals (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*'),
  iou TEXT AS (iif(json_valid(body), json_extract(body, '$.iou'), NULL)),
  used_at TEXT AS (iif(json_valid(body), json_extract(body, '$.used_at'), NULL))
) STRICT;

CREATE TABLE meter (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*'),
  client TEXT AS (iif(json_valid(body), json_extract(body, '$.client'), NULL)),
  minutes INTEGER AS (iif(json_valid(body), json_extract(body, '$.minutes'), NULL))
) STRICT;

CREATE TABLE trust (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*'),
  client TEXT AS (iif(json_valid(body), json_extract(body, '$.client'), NULL)),
  points INTEGER AS (iif(json_valid(body), json_extract(body, '$.points'), NULL))
) STRICT;

CREATE TABLE touches (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*'),
  contact TEXT AS (iif(json_valid(body), json_extract(body, '$.contact'), NULL)),
  at TEXT AS (iif(json_valid(body), json_extract(body, '$.at'), NULL))
) STRICT;

CREATE TABLE review (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*'),
  client TEXT AS (iif(json_valid(body), json_extract(body, '$.client'), NULL)),
  kind TEXT AS (iif(json_valid(body), json_extract(body, '$.kind'), NULL))
) STRICT;

CREATE TABLE tombstones (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*'),
  reason TEXT AS (iif(json_valid(body), json_extract(body, '$.reason'), NULL))
) STRICT;

CREATE TABLE verdicts (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*')
) STRICT;

CREATE TABLE items (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*'),
  owner TEXT AS (iif(json_valid(body), json_extract(body, '$.owner'), NULL)),
  calendar TEXT AS (iif(json_valid(body), json_extract(body, '$.calendar'), NULL))
) STRICT;

CREATE TABLE drafts (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*'),
  contact TEXT AS (iif(json_valid(body), json_extract(body, '$.contact'), NULL)),
  state TEXT AS (iif(json_valid(body), json_extract(body, '$.state'), NULL))
) STRICT;

CREATE TABLE sent (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*'),
  contact TEXT AS (iif(json_valid(body), json_extract(body, '$.contact'), NULL)),
  at TEXT AS (iif(json_valid(body), json_extract(body, '$.at'), NULL))
) STRICT;

CREATE TABLE baselines (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*')
) STRICT;

CREATE TABLE marks (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*')
) STRICT;

CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*'),
  settled_at TEXT,
  ending TEXT,
  kind TEXT AS (iif(json_valid(body), json_extract(body, '$.kind'), NULL)),
  uid TEXT AS (iif(json_valid(body), json_extract(body, '$.uid'), NULL)),
  CHECK ((settled_at IS NULL) = (ending IS NULL))
) STRICT;
CREATE INDEX journal_open ON journal (id) WHERE settled_at IS NULL;
)sql";

constexpr const char* ledger_version_2 = R"sql(
CREATE TABLE referrals (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body) OR body GLOB 'sealed:*')
) STRICT;
)sql";

constexpr std::array ledger_versions = {ledger_version_1, ledger_version_2};
constexpr Schema ledger_schema{ledger_application_id, ledger_versions};

}  // namespace ioud::store
