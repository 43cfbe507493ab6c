package sales;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.olingo.commons.api.data.Entity;
import org.apache.olingo.commons.api.data.Link;
import org.apache.olingo.commons.api.data.Property;
import org.apache.olingo.commons.api.data.ValueType;
import org.apache.olingo.commons.api.edm.EdmEntitySet;
import org.apache.olingo.server.api.ODataApplicationException;

/** Entities of the V4 service by their keys. */
final class StoreV4 {
  static final StoreV4 INSTANCE = new StoreV4(false);
  /** Of the tables that tests make. */
  static final StoreV4 TABLES = new StoreV4(true);
  /** Whether parts of keys that are missing are numbers that count up. */
  private final boolean counts;
  final UndoLog undo = new UndoLog();
  private final Map<String, Map<List<Object>, Entity>> sets = new HashMap<>();
  private int next = 1;

  private StoreV4(boolean counts) {
    this.counts = counts;
  }

  int count(String set) {
    return sets.getOrDefault(set, Map.of()).size();
  }

  void clear() {
    sets.clear();
    undo.clear();
    next = 1;
  }

  List<Entity> all(EdmEntitySet set) {
    return new ArrayList<>(rowsOf(set).values());
  }

  Entity get(EdmEntitySet set, List<Object> key) throws ODataApplicationException {
    Entity entity = rowsOf(set).get(key);
    if (entity == null) throw refused(404, "SLS/404", "Resource not found");
    return entity;
  }

  /** With the entities that are inside it; the caller takes all of it back when it throws. */
  Entity create(EdmEntitySet set, Entity entity) throws ODataApplicationException {
    if (value(entity, "Quantity") instanceof BigDecimal quantity && quantity.signum() < 0) {
      throw refused(400, "SLS/001", "Quantity " + quantity + " of " + value(entity, "Material") + " is not allowed");
    }
    if (set.getName().equals("SalesOrders")) {
      if (value(entity, "SoldToParty") == null) throw refused(400, "SLS/002", "Enter a sold-to party");
      if (value(entity, "SalesOrder") == null) put(entity, "SalesOrder", String.format("%010d", next++));
      put(entity, "Version", 1);
      entity.setETag("W/\"1\"");
    }
    for (String name : set.getEntityType().getKeyPredicateNames()) {
      if (counts && value(entity, name) == null) put(entity, name, (long) next++);
    }
    List<Object> key = keyOf(set, entity);
    if (rowsOf(set).putIfAbsent(key, entity) != null) throw refused(400, "SLS/003", "Document " + key + " already exists");
    undo.add(() -> rowsOf(set).remove(key));
    for (Link link : entity.getNavigationLinks()) {
      if (link.getInlineEntitySet() == null) continue;
      EdmEntitySet target = (EdmEntitySet) set.getRelatedBindingTarget(link.getTitle());
      for (Entity child : link.getInlineEntitySet().getEntities()) {
        put(child, "SalesOrder", value(entity, "SalesOrder"));
        create(target, child);
      }
    }
    return entity;
  }

  void update(EdmEntitySet set, Entity entity, Entity changes) {
    List<Property> before = new ArrayList<>(entity.getProperties());
    String tag = entity.getETag();
    undo.add(() -> {
      entity.getProperties().clear();
      entity.getProperties().addAll(before);
      entity.setETag(tag);
    });
    for (Property property : changes.getProperties()) put(entity, property.getName(), property.getValue());
    if (value(entity, "Version") instanceof Integer version) {
      put(entity, "Version", version + 1);
      entity.setETag("W/\"" + (version + 1) + "\"");
    }
  }

  void delete(EdmEntitySet set, Entity entity) {
    List<Object> key = keyOf(set, entity);
    rowsOf(set).remove(key);
    undo.add(() -> rowsOf(set).put(key, entity));
  }

  private Map<List<Object>, Entity> rowsOf(EdmEntitySet set) {
    return sets.computeIfAbsent(set.getName(), (name) -> new LinkedHashMap<>());
  }

  private static List<Object> keyOf(EdmEntitySet set, Entity entity) {
    return set.getEntityType().getKeyPredicateNames().stream().map((name) -> value(entity, name)).toList();
  }

  static Object value(Entity entity, String name) {
    Property property = entity.getProperty(name);
    return property == null ? null : property.getValue();
  }

  private static void put(Entity entity, String name, Object value) {
    entity.getProperties().removeIf((property) -> property.getName().equals(name));
    entity.addProperty(new Property(null, name, ValueType.PRIMITIVE, value));
  }

  static ODataApplicationException refused(int status, String code, String message) {
    return new ODataApplicationException(message, status, Locale.ENGLISH, code);
  }
}
