-- A site with posts. Tables and columns after WordPress's description of its database (developer.wordpress.org/apis/database, codex.wordpress.org/Database_Description), with the foreign keys that it implies; where it writes 0 for
-- "none" there is null here. In types of MariaDB.
CREATE TABLE wp_users (ID bigint unsigned AUTO_INCREMENT PRIMARY KEY, user_login varchar(60) NOT NULL DEFAULT '', user_pass varchar(255) NOT NULL DEFAULT '', user_nicename varchar(50) NOT NULL DEFAULT '', user_email varchar(100) NOT NULL DEFAULT '', user_url varchar(100) NOT NULL DEFAULT '', user_registered datetime NOT NULL, user_activation_key varchar(255) NOT NULL DEFAULT '',
  user_status int NOT NULL DEFAULT 0, display_name varchar(250) NOT NULL DEFAULT '');
CREATE TABLE wp_usermeta (umeta_id bigint unsigned AUTO_INCREMENT PRIMARY KEY, user_id bigint unsigned NOT NULL, meta_key varchar(255), meta_value text,
  FOREIGN KEY (user_id) REFERENCES wp_users (ID));
CREATE TABLE wp_posts (ID bigint unsigned AUTO_INCREMENT PRIMARY KEY, post_author bigint unsigned NOT NULL, post_date datetime NOT NULL, post_date_gmt datetime NOT NULL, post_content text NOT NULL, post_title text NOT NULL, post_excerpt text NOT NULL, post_status varchar(20) NOT NULL DEFAULT 'publish', comment_status varchar(20) NOT NULL DEFAULT 'open',
  ping_status varchar(20) NOT NULL DEFAULT 'open', post_password varchar(255) NOT NULL DEFAULT '', post_name varchar(200) NOT NULL DEFAULT '', to_ping text NOT NULL, pinged text NOT NULL, post_modified datetime NOT NULL, post_modified_gmt datetime NOT NULL, post_content_filtered text NOT NULL, post_parent bigint unsigned,
  guid varchar(255) NOT NULL DEFAULT '', menu_order int NOT NULL DEFAULT 0, post_type varchar(20) NOT NULL DEFAULT 'post', post_mime_type varchar(100) NOT NULL DEFAULT '', comment_count bigint unsigned NOT NULL DEFAULT 0,
  FOREIGN KEY (post_author) REFERENCES wp_users (ID), FOREIGN KEY (post_parent) REFERENCES wp_posts (ID));
CREATE TABLE wp_postmeta (meta_id bigint unsigned AUTO_INCREMENT PRIMARY KEY, post_id bigint unsigned NOT NULL, meta_key varchar(255), meta_value text,
  FOREIGN KEY (post_id) REFERENCES wp_posts (ID));
CREATE TABLE wp_comments (comment_ID bigint unsigned AUTO_INCREMENT PRIMARY KEY, comment_post_ID bigint unsigned NOT NULL, comment_author text NOT NULL, comment_author_email varchar(100) NOT NULL DEFAULT '', comment_author_url varchar(200) NOT NULL DEFAULT '', comment_author_IP varchar(100) NOT NULL DEFAULT '', comment_date datetime NOT NULL,
  comment_date_gmt datetime NOT NULL, comment_content text NOT NULL, comment_karma int NOT NULL DEFAULT 0, comment_approved varchar(20) NOT NULL DEFAULT '1', comment_agent varchar(255) NOT NULL DEFAULT '', comment_type varchar(20) NOT NULL DEFAULT 'comment', comment_parent bigint unsigned, user_id bigint unsigned,
  FOREIGN KEY (comment_post_ID) REFERENCES wp_posts (ID), FOREIGN KEY (comment_parent) REFERENCES wp_comments (comment_ID), FOREIGN KEY (user_id) REFERENCES wp_users (ID));
CREATE TABLE wp_commentmeta (meta_id bigint unsigned AUTO_INCREMENT PRIMARY KEY, comment_id bigint unsigned NOT NULL, meta_key varchar(255), meta_value text,
  FOREIGN KEY (comment_id) REFERENCES wp_comments (comment_ID));
CREATE TABLE wp_links (link_id bigint unsigned AUTO_INCREMENT PRIMARY KEY, link_url varchar(255) NOT NULL DEFAULT '', link_name varchar(255) NOT NULL DEFAULT '', link_image varchar(255) NOT NULL DEFAULT '', link_target varchar(25) NOT NULL DEFAULT '', link_description varchar(255) NOT NULL DEFAULT '', link_visible varchar(20) NOT NULL DEFAULT 'Y',
  link_owner bigint unsigned NOT NULL, link_rating int NOT NULL DEFAULT 0, link_updated datetime NOT NULL, link_rel varchar(255) NOT NULL DEFAULT '', link_notes text NOT NULL, link_rss varchar(255) NOT NULL DEFAULT '',
  FOREIGN KEY (link_owner) REFERENCES wp_users (ID));
CREATE TABLE wp_options (option_id bigint unsigned AUTO_INCREMENT PRIMARY KEY, option_name varchar(191) NOT NULL DEFAULT '' UNIQUE, option_value text NOT NULL, autoload varchar(20) NOT NULL DEFAULT 'yes');
CREATE TABLE wp_terms (term_id bigint unsigned AUTO_INCREMENT PRIMARY KEY, name varchar(200) NOT NULL DEFAULT '', slug varchar(200) NOT NULL DEFAULT '', term_group bigint unsigned NOT NULL DEFAULT 0);
CREATE TABLE wp_termmeta (meta_id bigint unsigned AUTO_INCREMENT PRIMARY KEY, term_id bigint unsigned NOT NULL, meta_key varchar(255), meta_value text,
  FOREIGN KEY (term_id) REFERENCES wp_terms (term_id));
CREATE TABLE wp_term_taxonomy (term_taxonomy_id bigint unsigned AUTO_INCREMENT PRIMARY KEY, term_id bigint unsigned NOT NULL, taxonomy varchar(32) NOT NULL DEFAULT '', description text NOT NULL, parent bigint unsigned, count bigint unsigned NOT NULL DEFAULT 0, UNIQUE (term_id, taxonomy),
  FOREIGN KEY (term_id) REFERENCES wp_terms (term_id), FOREIGN KEY (parent) REFERENCES wp_term_taxonomy (term_taxonomy_id));
CREATE TABLE wp_term_relationships (object_id bigint unsigned NOT NULL, term_taxonomy_id bigint unsigned NOT NULL, term_order int NOT NULL DEFAULT 0, PRIMARY KEY (object_id, term_taxonomy_id),
  FOREIGN KEY (object_id) REFERENCES wp_posts (ID), FOREIGN KEY (term_taxonomy_id) REFERENCES wp_term_taxonomy (term_taxonomy_id));
