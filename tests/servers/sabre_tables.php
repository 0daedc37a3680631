<?php
// php sabre_tables.php FILE USER…: the tables that sabre/dav 1.8's PDO backends ask for, and users
// whose password is their name.
$store = new PDO('sqlite:' . $argv[1]);
$store->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$columns = [
    'users' => 'username text unique, digesta1 text',
    'principals' => 'uri text unique, email text, displayname text, vcardurl text',
    'groupmembers' => 'principal_id integer, member_id integer',
    'calendars' => 'principaluri text, displayname text, uri text, ctag integer, description text, '
        . 'calendarorder integer, calendarcolor text, timezone text, components text, transparent integer',
    'calendarobjects' => 'calendardata blob, uri text, calendarid integer, lastmodified integer, '
        . 'etag text, size integer, componenttype text, firstoccurence integer, lastoccurence integer',
    'addressbooks' => 'principaluri text, displayname text, uri text, description text, ctag integer',
    'cards' => 'carddata blob, uri text, addressbookid integer, lastmodified integer',
];
foreach ($columns as $table => $fields) {
    $store->exec("CREATE TABLE $table (id integer primary key, $fields)");
}
foreach (array_slice($argv, 2) as $user) {
    $store->prepare('INSERT INTO users (username, digesta1) VALUES (?, ?)')
        ->execute([$user, md5("$user:SabreDAV:$user")]);
    $store->prepare('INSERT INTO principals (uri, email, displayname) VALUES (?, ?, ?)')
        ->execute(["principals/$user", "$user@rep.test", $user]);
}
