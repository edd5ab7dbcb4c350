-- Up Migration
create table read.log (id text not null);
create unique index log_is_one on read.log ((true));
comment on table read.log is 'Which event log the tables are folded from. Positions of another log would be silently wrong here.';

-- Down Migration
drop table read.log;
