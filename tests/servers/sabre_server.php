<?php
// Routes every request of PHP's built-in server to sabre/dav 1.8: Digest logins, a ctag, and no
// sync-collection, as servers of its age are.
error_reporting(E_ALL & ~E_DEPRECATED & ~E_NOTICE & ~E_WARNING);
date_default_timezone_set('UTC');
if (preg_match('#^/\.well-known/(cal|card)dav#', $_SERVER['REQUEST_URI'])) {
    header('Location: /', true, 301);
    exit;
}
require_once 'Sabre/autoload.php';
$store = new PDO('sqlite:' . getenv('IOUD_SABRE_STORE'));
$store->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$store->exec('PRAGMA busy_timeout = 5000');
$store->exec('PRAGMA synchronous = OFF');
$people = new Sabre\DAVACL\PrincipalBackend\PDO($store);
$server = new Sabre\DAV\Server([
    new Sabre\CalDAV\Principal\Collection($people),
    new Sabre\CalDAV\CalendarRootNode($people, new Sabre\CalDAV\Backend\PDO($store)),
    new Sabre\CardDAV\AddressBookRoot($people, new Sabre\CardDAV\Backend\PDO($store)),
]);
$server->setBaseUri('/');
$server->addPlugin(new Sabre\DAV\Auth\Plugin(new Sabre\DAV\Auth\Backend\PDO($store), 'SabreDAV'));
$server->addPlugin(new Sabre\CalDAV\Plugin());
$server->addPlugin(new Sabre\CardDAV\Plugin());
$server->addPlugin(new Sabre\DAVACL\Plugin());
$server->exec();
