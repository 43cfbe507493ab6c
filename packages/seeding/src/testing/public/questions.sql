-- Questions and answers. Tables and columns after the schema of Stack Exchange's data dump (meta.stackexchange.com/questions/2677), with the keys that it implies.
CREATE TABLE users (id int PRIMARY KEY, reputation int NOT NULL, creation_date timestamp NOT NULL, display_name varchar(40) NOT NULL, last_access_date timestamp NOT NULL, website_url varchar(200), location varchar(100), about_me text, views int NOT NULL, up_votes int NOT NULL, down_votes int NOT NULL, account_id int UNIQUE);
CREATE TABLE post_types (id smallint PRIMARY KEY, name varchar(50) NOT NULL);
CREATE TABLE vote_types (id smallint PRIMARY KEY, name varchar(50) NOT NULL);
CREATE TABLE posts (id int PRIMARY KEY, post_type_id smallint NOT NULL REFERENCES post_types, parent_id int REFERENCES posts, accepted_answer_id int REFERENCES posts, creation_date timestamp NOT NULL, score int NOT NULL, view_count int, body text NOT NULL, owner_user_id int REFERENCES users,
  last_editor_user_id int REFERENCES users, last_edit_date timestamp, title varchar(250), tags varchar(250), answer_count int, comment_count int NOT NULL, CHECK (last_edit_date IS NULL OR last_edit_date >= creation_date));
CREATE TABLE comments (id int PRIMARY KEY, post_id int NOT NULL REFERENCES posts, score int NOT NULL, text varchar(600) NOT NULL, creation_date timestamp NOT NULL, user_id int REFERENCES users);
CREATE TABLE votes (id int PRIMARY KEY, post_id int NOT NULL REFERENCES posts, vote_type_id smallint NOT NULL REFERENCES vote_types, user_id int REFERENCES users, creation_date date NOT NULL, bounty_amount int);
CREATE TABLE badges (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users, name varchar(50) NOT NULL, date timestamp NOT NULL, class smallint NOT NULL CHECK (class IN (1, 2, 3)), tag_based boolean NOT NULL);
CREATE TABLE tags (id int PRIMARY KEY, tag_name varchar(35) NOT NULL UNIQUE, count int NOT NULL, excerpt_post_id int REFERENCES posts, wiki_post_id int REFERENCES posts);
CREATE TABLE post_links (id int PRIMARY KEY, creation_date timestamp NOT NULL, post_id int NOT NULL REFERENCES posts, related_post_id int NOT NULL REFERENCES posts, link_type_id smallint NOT NULL);
CREATE TABLE post_tags (post_id int NOT NULL REFERENCES posts, tag_id int NOT NULL REFERENCES tags, PRIMARY KEY (post_id, tag_id));
