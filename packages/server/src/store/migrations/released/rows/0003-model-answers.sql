INSERT INTO model_answer (question, answer) VALUES ('\x01', '{"type":"email"}'), ('\x02', 'ünïcode');
